/**
 * The composite action that the workflows use. It lies in this repository, for
 * others to refer to, and `init --github` writes it into theirs. What comes
 * from outside reaches the shell as variables alone, never as a part of a script.
 */

/** What workflows use, pinned to commits: a tag can be moved. */
export const pins = {
  checkout: 'actions/checkout@d23441a48e516b6c34aea4fa41551a30e30af803 # v6.1.0',
  setupNode: 'actions/setup-node@249970729cb0ef3589644e2896645e5dc5ba9c38 # v6.5.0',
  uploadArtifact: 'actions/upload-artifact@043fb46d1a93c77aae656e7c1c64a875d1fc6a0a # v7.0.1',
} as const;

/** Where it lies in a repository. */
export const actionFolder = '.github/actions/salesiq-sync';

const outputs = [
  [
    'state',
    'How it ended: changes, no-changes, blocked, failed, validated (plan); settled, refused, stale, partial, failed (apply); drift, no-drift, failed (drift)',
  ],
  ['exit_code', 'The exit code of the command'],
  ['fingerprint', 'The fingerprint of the plan'],
  ['create', 'How many are created'],
  ['update', 'How many are changed'],
  ['move', 'How many are moved'],
  ['delete', 'How many are deleted'],
  ['blocked', 'How many reasons block the plan'],
  ['warnings', 'How many warnings there are'],
  ['comment_url', 'The comment on the pull request'],
  ['issue_url', 'The issue that was opened, edited or closed'],
  ['report', 'The folder of the full report'],
] as const;

const outputsText = outputs.map(([name, text]) => `  ${name}:\n    description: "${text}"\n    value: \${{ steps.run.outputs.${name} }}\n`).join('');

/** @param version of this program, which the action installs */
export const actionText = (version: string): string => `# Plans, applies, or looks for drift, and says so on GitHub. Check the repository out first.
name: salesiq-sync
description: Plan, apply or drift of a Zoho SalesIQ portal, with comments, checks and issues

inputs:
  command:
    description: plan, apply or drift
    required: true
  portal:
    description: The portal of salesiq.yaml
    required: true
  dir:
    description: The project folder
    default: "."
  version:
    description: The version of salesiq-sync to run
    default: "${version}"
  path:
    description: A checked-out and built salesiq-sync to run instead of a released version
    default: ""
  fingerprint:
    description: "For apply by hand: the fingerprint of the plan that was looked at"
    default: ""
  allow_deletes:
    description: Agree to exactly this many deletions, whatever the limits
    default: ""
  allow_updates:
    description: Agree to exactly this many updates, whatever the limits
    default: ""
  token:
    description: The token of the run
    default: \${{ github.token }}

outputs:
${outputsText}
runs:
  using: composite
  steps:
    - uses: ${pins.setupNode}
      with:
        node-version: 22
        package-manager-cache: false
    - id: run
      shell: bash
      env:
        INPUT_COMMAND: \${{ inputs.command }}
        INPUT_PORTAL: \${{ inputs.portal }}
        INPUT_DIR: \${{ inputs.dir }}
        INPUT_VERSION: \${{ inputs.version }}
        INPUT_PATH: \${{ inputs.path }}
        INPUT_FINGERPRINT: \${{ inputs.fingerprint }}
        INPUT_ALLOW_DELETES: \${{ inputs.allow_deletes }}
        INPUT_ALLOW_UPDATES: \${{ inputs.allow_updates }}
        GITHUB_TOKEN: \${{ inputs.token }}
      run: |
        case "$INPUT_COMMAND" in plan | apply | drift) ;; *) echo "command should be plan, apply or drift"; exit 1 ;; esac
        if ! [[ "$INPUT_VERSION" =~ ^[0-9A-Za-z][0-9A-Za-z.+-]*$ ]]; then echo "version should be a version"; exit 1; fi
        args=(ci "$INPUT_COMMAND" "--dir=$INPUT_DIR" "--portal=$INPUT_PORTAL")
        if [ -n "$INPUT_FINGERPRINT" ]; then args+=("--expect=$INPUT_FINGERPRINT"); fi
        if [ -n "$INPUT_ALLOW_DELETES" ]; then args+=("--allow-deletes=$INPUT_ALLOW_DELETES"); fi
        if [ -n "$INPUT_ALLOW_UPDATES" ]; then args+=("--allow-updates=$INPUT_ALLOW_UPDATES"); fi
        if [ -n "$INPUT_PATH" ]; then
          node "$INPUT_PATH/dist/cli.js" "\${args[@]}"
        else
          npx --yes "salesiq-sync@$INPUT_VERSION" "\${args[@]}"
        fi
    - if: \${{ always() && steps.run.outputs.report != '' }}
      uses: ${pins.uploadArtifact}
      with:
        name: salesiq-\${{ inputs.command }}-\${{ inputs.portal }}
        path: \${{ steps.run.outputs.report }}
        overwrite: true
        retention-days: 30
`;
