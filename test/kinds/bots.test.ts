import { describe, expect, it } from 'vitest';
import { bots } from '../../src/kinds/bots.ts';
import { ShapeError } from '../../src/model/index.ts';
import { listed, read } from './names.ts';

const zbot = { id: '44230000013120009', name: 'Zbot', enabled: true, deleted: false, app_id: '44230000013120001', department_ids: [], all_departments: true };

describe('bots', () => {
  it('are read for their names alone', () => {
    expect(listed(bots, [zbot])).toEqual([zbot]);
    expect(read(bots, zbot)).toEqual({ id: '44230000013120009', key: 'Zbot', spec: { name: 'Zbot' } });
    expect(bots.manages).toEqual([]);
    expect(bots.schema).toBeUndefined();
  });

  it('that were deleted and are still listed are known by their id alone', () => {
    expect(read(bots, { ...zbot, deleted: true }).retired).toBe(true);
    expect(read(bots, { ...zbot, deleted: 'true' }).retired).toBe(true);
  });

  it('refuse one without a name', () => {
    expect(() => read(bots, { ...zbot, name: null })).toThrow(ShapeError);
  });
});
