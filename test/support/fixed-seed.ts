/** In CI generated tests draw the same cases each time, so that a red run means a change and not the luck of the draw; elsewhere they go on looking. */
import fc from 'fast-check';

if (process.env['CI'] !== undefined && process.env['CI'] !== '') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20261124 });
