/** The manifests of docs/deploy: valid, safe, of one piece, and with commands that the program takes. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { registerCommands } from '../../src/cli/index.ts';
import { isObject } from '../../src/model/index.ts';
import { version } from '../../src/version.ts';

const folder = resolve(import.meta.dirname, '../../docs/deploy');
const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

type Json = Readonly<Record<string, unknown>>;

const documents = names
  .filter((name) => name !== 'kustomization.yaml')
  .flatMap((name) =>
    // As Kubernetes reads it: 0440 would be octal there, and yes a boolean.
    parseAllDocuments(readFileSync(join(folder, name), 'utf8'), { version: '1.1' }).map((document) => {
      expect(document.errors).toEqual([]);
      const value: unknown = document.toJS();
      return { name, value: isObject(value) ? value : {} };
    }),
  );

const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((here, step) => (Array.isArray(here) ? here[Number(step)] : isObject(here) ? here[step] : undefined), value);

const listAt = (value: unknown, ...path: readonly (string | number)[]): readonly unknown[] => {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
};

const kindOf = (value: Json): string => String(value['kind']);
const oneOf = (kind: string): Json => documents.find(({ value }) => kindOf(value) === kind)?.value ?? {};

const podPaths: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

const pods = documents.flatMap(({ name, value }) => {
  const path = podPaths[kindOf(value)];
  return path === undefined ? [] : [{ name, pod: at(value, ...path) }];
});

const containers = pods.flatMap(({ name, pod }) =>
  [...listAt(pod, 'spec', 'initContainers'), ...listAt(pod, 'spec', 'containers')].map((container) => ({ name, pod, container })),
);

const requireFrom = createRequire(import.meta.url);

/** The model of Kubernetes for a kind. */
const modelOf = ({ apiVersion, kind }: Json): unknown => {
  const models: unknown = requireFrom(`kubernetes-models/${String(apiVersion)}`);
  return isObject(models) ? models[String(kind)] : undefined;
};

const faultsOf = (value: Json): unknown => {
  const Model = modelOf(value);
  if (typeof Model !== 'function') return `no model of ${String(value['kind'])}`;
  const made: unknown = Reflect.construct(Model, [value]);
  const validate = isObject(made) ? made['validate'] : undefined;
  if (typeof validate !== 'function') return 'the model does not validate';
  try {
    Reflect.apply(validate, made, []);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
};

/** Every name of a field that Kubernetes has in what the manifests use: its schemas let unknown ones pass. */
const knownFields = (): ReadonlySet<string> => {
  const fields = new Set(['apiVersion', 'kind']);
  const models = dirname(requireFrom.resolve('kubernetes-models/package.json'));
  const meta = dirname(requireFrom.resolve('@kubernetes-models/apimachinery/package.json'));
  for (const part of [join(models, 'v1'), join(models, 'apps/v1'), join(models, 'batch/v1'), join(meta, 'apis/meta/v1')])
    for (const file of readdirSync(part).filter((name) => name.endsWith('.d.ts')))
      for (const [, field = ''] of readFileSync(join(part, file), 'utf8').matchAll(/^\s*"(\w+)"\??: /gm)) fields.add(field);
  return fields;
};

const freeKeys = new Set(['labels', 'annotations', 'matchLabels', 'requests', 'limits', 'selector']);

const fieldsOf = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(fieldsOf);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...(freeKeys.has(key) && !isObject(at(inner, 'matchLabels')) ? [] : fieldsOf(inner))]);
};

const taken = async (args: readonly string[]): Promise<Json | string> => {
  let flags: Json | undefined;
  const program = new Command('salesiq-sync').exitOverride();
  registerCommands(program, async (given) => {
    flags = { ...given };
  });
  const quiet = (command: Command): void => {
    command.exitOverride().configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
    command.commands.forEach(quiet);
  };
  quiet(program);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return flags ?? 'nothing was run';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/** The arguments as the node's agent passes them on. */
const argumentsOf = (container: unknown): readonly string[] => listAt(container, 'args').map((text) => String(text).replaceAll('$(INDEX)', '4'));

describe('the manifests', () => {
  it('are all there', () => {
    expect(documents.map(({ value }) => kindOf(value)).sort()).toEqual(['CronJob', 'Deployment', 'Job', 'PersistentVolumeClaim', 'Service']);
    expect(containers.length).toBe(5);
  });

  it('are valid for Kubernetes', () => {
    expect(documents.map(({ name, value }) => [name, kindOf(value), faultsOf(value)])).toEqual(
      documents.map(({ name, value }) => [name, kindOf(value), undefined]),
    );
    expect(faultsOf({ ...oneOf('Deployment'), spec: {} })).toContain('required');
  });

  it('have no field that Kubernetes does not know', () => {
    const known = knownFields();
    expect(known.has('readOnlyRootFilesystem') && !known.has('readOnlyRootFileSystem')).toBe(true);
    expect(documents.flatMap(({ name, value }) => fieldsOf(value).flatMap((field) => (known.has(field) ? [] : [`${name}: ${field}`])))).toEqual([]);
  });

  it('hold no secret', () => {
    expect(documents.filter(({ value }) => kindOf(value) === 'Secret')).toEqual([]);
    for (const { container } of containers) for (const one of listAt(container, 'env')) expect(String(at(one, 'name'))).not.toMatch(/SECRET|TOKEN|PASSWORD/);
  });

  it('run as nobody, may become nobody else, and write to their volumes alone', () => {
    for (const { name, pod } of pods) {
      expect([name, at(pod, 'spec', 'securityContext')]).toMatchObject([
        name,
        { runAsNonRoot: true, runAsUser: 10001, runAsGroup: 10001, fsGroup: 10001, seccompProfile: { type: 'RuntimeDefault' } },
      ]);
      expect(at(pod, 'spec')).toMatchObject({ automountServiceAccountToken: false });
      for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) expect(at(pod, 'spec', field)).toBeUndefined();
      for (const volume of listAt(pod, 'spec', 'volumes')) expect(at(volume, 'hostPath')).toBeUndefined();
    }
    for (const { container } of containers) {
      expect(at(container, 'securityContext')).toEqual({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
      expect(at(container, 'resources')).toMatchObject({ requests: { cpu: '50m' }, limits: { memory: '512Mi' } });
    }
  });

  it('mount volumes that are there, and a place for temporary files', () => {
    for (const { pod, container } of containers) {
      const there = listAt(pod, 'spec', 'volumes').map((volume) => at(volume, 'name'));
      const mounts = listAt(container, 'volumeMounts');
      for (const mount of mounts) expect(there).toContain(at(mount, 'name'));
      expect(mounts.map((mount) => at(mount, 'mountPath'))).toContain('/tmp');
    }
  });

  it('use one image, which the kustomization names', () => {
    for (const { container } of containers) expect(at(container, 'image')).toBe(`salesiq-sync:${version}`);
    const [kustomization] = parseAllDocuments(readFileSync(join(folder, 'kustomization.yaml'), 'utf8')).map((document): unknown => document.toJS());
    expect(at(kustomization, 'images')).toEqual([{ name: 'salesiq-sync', newName: 'salesiq-sync', newTag: version }]);
    expect(listAt(kustomization, 'resources').filter((name) => !names.includes(String(name)))).toEqual([]);
  });

  it('give commands that the program takes', async () => {
    for (const { name, container } of containers.filter(({ container: one }) => at(one, 'args') !== undefined)) {
      const flags = await taken(argumentsOf(container));
      expect([name, typeof flags === 'string' ? flags : 'taken']).toEqual([name, 'taken']);
    }
    expect(await taken(['watch', '--no-such-flag'])).toContain('unknown option');
  });
});

describe('the watcher', () => {
  const deployment = oneOf('Deployment');
  const watch = at(deployment, 'spec', 'template', 'spec', 'containers', 0);

  it('is one, also while it is replaced, and has time to end', () => {
    expect(at(deployment, 'spec')).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
    expect(at(deployment, 'spec', 'template', 'spec', 'terminationGracePeriodSeconds')).toBe(180);
    expect(at(oneOf('PersistentVolumeClaim'), 'spec', 'accessModes')).toEqual(['ReadWriteOncePod']);
  });

  it('listens where probes, Service and Prometheus ask', async () => {
    const flags = await taken(argumentsOf(watch));
    expect(flags).toMatchObject({ listen: { host: '0.0.0.0', port: 9464 }, apply: true, interval: 300, maxBackoff: 3600, log: 'json', branch: 'main' });
    expect(at(watch, 'ports')).toEqual([{ name: 'metrics', containerPort: 9464 }]);
    for (const probe of ['startupProbe', 'livenessProbe']) expect(at(watch, probe, 'httpGet')).toEqual({ path: '/healthz', port: 'metrics' });
    expect(at(watch, 'readinessProbe', 'httpGet')).toEqual({ path: '/readyz', port: 'metrics' });
    expect(at(deployment, 'spec', 'template', 'metadata', 'annotations')).toMatchObject({ 'prometheus.io/port': '9464', 'prometheus.io/path': '/metrics' });
    const service = oneOf('Service');
    const labels = at(deployment, 'spec', 'template', 'metadata', 'labels');
    expect(at(service, 'spec', 'selector')).toEqual(labels);
    expect(at(deployment, 'spec', 'selector', 'matchLabels')).toEqual(labels);
    expect(at(service, 'spec', 'ports')).toEqual([{ name: 'metrics', port: 9464, targetPort: 'metrics' }]);
  });

  it('keeps its checkout on the disk of the claim', async () => {
    const flags = await taken(argumentsOf(watch));
    const mount = listAt(watch, 'volumeMounts').find((one) => at(one, 'name') === 'data');
    expect(String(at(flags, 'checkout')).startsWith(`${String(at(mount, 'mountPath'))}/`)).toBe(true);
    const volume = listAt(deployment, 'spec', 'template', 'spec', 'volumes').find((one) => at(one, 'name') === 'data');
    expect(at(volume, 'persistentVolumeClaim', 'claimName')).toBe(at(oneOf('PersistentVolumeClaim'), 'metadata', 'name'));
  });
});

describe('the job for drift', () => {
  it('never runs twice at once, and tells drift by its exit code', () => {
    const spec = at(oneOf('CronJob'), 'spec');
    expect(at(spec, 'concurrencyPolicy')).toBe('Forbid');
    expect(at(spec, 'jobTemplate', 'spec', 'backoffLimit')).toBe(0);
    expect(at(spec, 'jobTemplate', 'spec', 'template', 'spec', 'restartPolicy')).toBe('Never');
    expect(at(spec, 'jobTemplate', 'spec', 'podFailurePolicy', 'rules')).toEqual([
      { action: 'FailJob', onExitCodes: { containerName: 'drift', operator: 'In', values: [2] } },
    ]);
    expect(at(spec, 'jobTemplate', 'spec', 'template', 'spec', 'containers', 0, 'name')).toBe('drift');
  });
});

describe('the job that spreads portals', () => {
  it('gives each pod the shard after its index', async () => {
    const job = oneOf('Job');
    expect(at(job, 'spec')).toMatchObject({ completionMode: 'Indexed', completions: 5, parallelism: 5 });
    const plan = at(job, 'spec', 'template', 'spec', 'containers', 0);
    expect(at(plan, 'env')).toEqual([
      { name: 'INDEX', valueFrom: { fieldRef: { fieldPath: "metadata.annotations['batch.kubernetes.io/job-completion-index']" } } },
    ]);
    expect(await taken(argumentsOf(plan))).toMatchObject({ portal: 'all', shard: { part: 5, of: 5 }, rate: 20 });
  });
});

describe('the clone of the jobs', () => {
  it('lies where the program looks, with the same login in both', async () => {
    const clones = containers.filter(({ container }) => at(container, 'name') === 'clone');
    expect(clones.length).toBe(2);
    expect(at(clones[0]?.container, 'command')).toEqual(at(clones[1]?.container, 'command'));
    for (const { pod, container } of clones) {
      const words = listAt(container, 'command');
      expect(words.slice(0, 2)).toEqual(['git', 'clone']);
      const flags = await taken(argumentsOf(at(pod, 'spec', 'containers', 0)));
      expect(at(flags, 'dir')).toBe(words.at(-1));
      expect(listAt(container, 'env')).toContainEqual({ name: 'GIT_CONFIG_COUNT', value: '1' });
    }
  });
});
