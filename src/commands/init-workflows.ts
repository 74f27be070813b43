/** The workflows that `init --github` writes: plan on pull requests, apply on merge, drift on a schedule. */
import { actionFolder, pins } from './init-action.ts';

const credentials = ['CLIENT_ID', 'CLIENT_SECRET', 'REFRESH_TOKEN'].map((name) => `          SALESIQ_${name}: \${{ secrets.SALESIQ_${name} }}\n`).join('');

const needs = `# Needs the secrets SALESIQ_CLIENT_ID, SALESIQ_CLIENT_SECRET and SALESIQ_REFRESH_TOKEN,
# and the portal in salesiq.yaml. For several portals, name them all in the matrix.
`;

const checkout = `      - uses: ${pins.checkout}
        with:
          fetch-depth: 0
`;

const matrix = `    strategy:
      fail-fast: false
      matrix:
        portal: [production]
`;

/** Plans every pull request; those of forks are validated, since forks get no secrets. */
export const planWorkflow = (): string => `# Says on each pull request what merging it would change.
${needs}# A refresh token with the READ scopes alone is enough here.
name: salesiq plan

on:
  pull_request:

permissions: {}

jobs:
  plan:
    name: plan (\${{ matrix.portal }})
    runs-on: ubuntu-latest
    timeout-minutes: 15
${matrix}    # The newest push counts: an older plan is not waited for.
    concurrency:
      group: salesiq-plan-\${{ matrix.portal }}-\${{ github.event.pull_request.number }}
      cancel-in-progress: true
    permissions:
      contents: read # to read the files
      pull-requests: write # for the comment
      checks: write # for the check and its annotations
    steps:
${checkout}      - uses: ./${actionFolder}
        with:
          command: plan
          portal: \${{ matrix.portal }}
        env:
${credentials}`;

/** Applies what was merged, one run after the other. */
export const applyWorkflow = (): string => `# Applies exactly the plan that a merge approved. Never two at once, never cut short.
${needs}# The environment of the portal's name can ask for an approval first, and can hold secrets of its own: Settings, Environments.
# By hand, with a fingerprint: for a plan that was looked at after the merge.
name: salesiq apply

on:
  push:
    branches: [main]
  workflow_dispatch:
    inputs:
      portal:
        description: Only this portal
        default: ""
      fingerprint:
        description: The fingerprint of the plan that was looked at
        default: ""
      allow_deletes:
        description: Agree to exactly this many deletions
        default: ""
      allow_updates:
        description: Agree to exactly this many updates
        default: ""

permissions: {}

jobs:
  apply:
    name: apply (\${{ matrix.portal }})
    runs-on: ubuntu-latest
    timeout-minutes: 60
${matrix}    environment: \${{ matrix.portal }}
    concurrency:
      group: salesiq-\${{ matrix.portal }}
      cancel-in-progress: false
    permissions:
      contents: write # to push the ref that remembers what was applied
      pull-requests: write # to say on the pull request what became of it
      issues: write # for the issue that is open while it is not settled
    steps:
${checkout}        if: inputs.portal == '' || inputs.portal == matrix.portal
      - uses: ./${actionFolder}
        if: inputs.portal == '' || inputs.portal == matrix.portal
        with:
          command: apply
          portal: \${{ matrix.portal }}
          fingerprint: \${{ inputs.fingerprint }}
          allow_deletes: \${{ inputs.allow_deletes }}
          allow_updates: \${{ inputs.allow_updates }}
        env:
${credentials}`;

/** Keeps an issue open while the portal is not what the files say. */
export const driftWorkflow = (): string => `# Looks once a day whether the portal still is what the files say; an issue is open while it is not.
${needs}# A refresh token with the READ scopes alone is enough here.
name: salesiq drift

on:
  schedule:
    - cron: "23 5 * * *"
  workflow_dispatch:

permissions: {}

jobs:
  drift:
    name: drift (\${{ matrix.portal }})
    runs-on: ubuntu-latest
    timeout-minutes: 15
${matrix}    # Not the group of apply: there it could take the place of an apply that waits.
    concurrency:
      group: salesiq-drift-\${{ matrix.portal }}
      cancel-in-progress: false
    permissions:
      contents: read # to read the files
      issues: write # for the issue
    steps:
${checkout}      - uses: ./${actionFolder}
        with:
          command: drift
          portal: \${{ matrix.portal }}
        env:
${credentials}`;
