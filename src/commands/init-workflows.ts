/** The workflows that `init` writes for GitHub: plan on pull requests, apply on merge, drift on a schedule. */

const credentials = (indent: string): string =>
  ['CLIENT_ID', 'CLIENT_SECRET', 'REFRESH_TOKEN'].map((name) => `${indent}SALESIQ_${name}: \${{ secrets.SALESIQ_${name} }}\n`).join('');

const setUp = (version: string): string => `      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: npm install --global salesiq-sync@${version}
      - name: Fetch the base
        run: salesiq-sync base fetch --portal "$PORTAL" || echo "Nothing was applied from this repository yet."
`;

const needs = `# Needs the repository secrets SALESIQ_CLIENT_ID, SALESIQ_CLIENT_SECRET and SALESIQ_REFRESH_TOKEN,
# and a portal "production" in salesiq.yaml.
`;

/** Checks every pull request, and plans those of this repository: forks get no secrets. */
export const planWorkflow = (version: string): string => `# Checks the files of a pull request, and shows what merging it would change.
${needs}# A refresh token with the READ scopes alone is enough here.
name: salesiq plan

on:
  pull_request:
    paths-ignore: ["**/*.md"]

permissions:
  contents: read

concurrency:
  group: salesiq-plan-\${{ github.ref }}
  cancel-in-progress: true

env:
  PORTAL: production

jobs:
  plan:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
${setUp(version)}      - run: salesiq-sync validate
      - name: Plan
        if: github.event.pull_request.head.repo.full_name == github.repository
        run: |
          salesiq-sync plan --portal "$PORTAL" --markdown | tee plan.md
          cat plan.md >> "$GITHUB_STEP_SUMMARY"
        shell: bash
        env:
${credentials('          ')}`;

/** Applies what was merged, one run after the other. */
export const applyWorkflow = (version: string): string => `# Applies what was merged. Runs one after the other and is never cut short.
${needs}# The environment "production" can ask for an approval first: Settings, Environments.
name: salesiq apply

on:
  push:
    branches: [main]
    paths-ignore: ["**/*.md"]
  workflow_dispatch:

# To push the ref that remembers what was applied.
permissions:
  contents: write

concurrency:
  group: salesiq-production
  cancel-in-progress: false

env:
  PORTAL: production

jobs:
  apply:
    runs-on: ubuntu-latest
    environment: production
    timeout-minutes: 60
    steps:
${setUp(version)}      - name: Apply
        run: |
          salesiq-sync apply --portal "$PORTAL" --auto-approve
          salesiq-sync base push --portal "$PORTAL"
        shell: bash
        env:
${credentials('          ')}`;

/** Fails when the portal is not what the files say. */
export const driftWorkflow = (version: string): string => `# Looks once a day whether the portal still is what the files say, and fails if it is not.
${needs}# A refresh token with the READ scopes alone is enough here.
name: salesiq drift

on:
  schedule:
    - cron: "23 5 * * *"
  workflow_dispatch:

permissions:
  contents: read

# The same group as apply: never looks in the middle of one.
concurrency:
  group: salesiq-production
  cancel-in-progress: false

env:
  PORTAL: production

jobs:
  drift:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
${setUp(version)}      - name: Compare
        run: |
          status=0
          salesiq-sync drift --portal "$PORTAL" --markdown > plan.md || status=$?
          tee -a "$GITHUB_STEP_SUMMARY" < plan.md
          if [ "$status" -eq 2 ]; then
            echo "::error::The portal was changed. Merge a change that says what is live (salesiq-sync export), or apply the files."
          fi
          exit "$status"
        shell: bash
        env:
${credentials('          ')}`;
