import html from 'eslint-plugin-html';
import tseslint from 'typescript-eslint';

const BASE = ['catalogue', 'ports', 'errors', 'async'];
const FOLDERS = [
  ...BASE,
  'analytics',
  'api',
  'auth',
  'store',
  'home',
  'sync',
  'metrics',
  'sources',
  'accounts',
  'entities',
  'statistics',
  'insight',
  'export',
  'services',
  'simulator',
];

/** What each folder of lib may import besides itself: imports go one way. */
const MAY_IMPORT = {
  catalogue: [],
  ports: ['catalogue'],
  errors: [],
  async: [],
  analytics: [],
  api: BASE,
  auth: BASE,
  store: BASE,
  home: BASE,
  sync: [...BASE, 'analytics', 'api', 'auth', 'store', 'home'],
  metrics: [...BASE, 'analytics', 'store', 'sync'],
  sources: [...BASE, 'metrics', 'store', 'sync'],
  accounts: [...BASE, 'analytics', 'api', 'auth', 'store', 'sync', 'metrics', 'sources'],
  entities: [...BASE, 'analytics', 'home', 'metrics', 'sources', 'store', 'sync'],
  statistics: [...BASE, 'analytics', 'home', 'metrics', 'sources', 'store', 'sync'],
  simulator: [...BASE, 'analytics'],
};

const importRules = Object.entries(MAY_IMPORT).map(([folder, allowed]) => {
  const forbidden = FOLDERS.filter((other) => other !== folder && !allowed.includes(other));
  return {
    files: [`lib/${folder}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^(?:\\.\\./)+(?:${forbidden.join('|')})/`,
              message: `lib/${folder} may import only: ${['itself', ...allowed].join(', ')}.`,
            },
            { regex: '^(?:\\.\\./)+(?:nodes|runtime)(?:/|$)', message: 'lib knows neither nodes nor the runtime registry.' },
            { regex: '^node-red', message: 'lib never touches Node-RED.' },
          ],
        },
      ],
    },
  };
});

const adapters = [
  'lib/async/system-clock.ts',
  'lib/async/system-random.ts',
  'lib/async/delay.ts',
  'lib/auth/token-process.ts',
  'lib/simulator/main.ts',
];
/** Programs of their own that wire real ports from several folders. */
const programs = ['lib/auth/token-process-main.ts'];

export default tseslint.config(
  { ignores: ['dist/', 'resources/', 'coverage/', 'node_modules/', '.demo/', 'bench/.data/', '.ha/'] },
  {
    files: ['lib/**/*.ts', 'nodes/**/*.ts', 'editor/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts', 'scripts/**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/dot-notation': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: ['lib/**/*.ts'],
    ignores: adapters,
    rules: {
      'max-lines': ['error', { max: 250 }],
      'max-lines-per-function': ['error', { max: 42 }],
      'no-restricted-globals': ['error', 'fetch', 'setTimeout', 'setInterval', 'console'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time comes from the Clock port.' },
        { object: 'Math', property: 'random', message: 'Chance comes from the Random port.' },
        { object: 'process', property: 'env', message: 'The environment is read in nodes/.' },
      ],
    },
  },
  {
    files: ['lib/catalogue/endpoints.ts', 'lib/catalogue/limits.ts', 'lib/catalogue/metrics/**/*.ts', 'lib/errors/error-codes.ts'],
    rules: { 'max-lines': 'off' },
  },
  { files: ['editor/**/*.ts'], rules: { 'max-lines': ['error', { max: 250 }], 'max-lines-per-function': ['error', { max: 42 }] } },
  { files: ['nodes/**/*.ts'], rules: { 'max-lines': ['error', { max: 60 }], '@typescript-eslint/require-await': 'off' } },
  { files: ['test/**/*.ts'], rules: { '@typescript-eslint/no-floating-promises': 'error', 'max-lines-per-function': 'off' } },
  ...importRules,
  { files: programs, rules: { 'no-restricted-imports': 'off' } },
  {
    files: ['lib/**/*.ts', 'nodes/**/*.ts', 'editor/**/*.ts', 'test/**/*.ts'],
    rules: { 'max-len': ['error', { code: 140, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true }] },
  },
  {
    files: ['nodes/**/*.html', 'plugins/**/*.html'],
    plugins: { html },
    languageOptions: {
      ecmaVersion: 2023,
      sourceType: 'script',
      globals: {
        RED: 'readonly',
        $: 'readonly',
        console: 'readonly',
        ouraAccount: 'readonly',
        ouraEntities: 'readonly',
        ouraHome: 'readonly',
        ouraSidebar: 'readonly',
      },
    },
    rules: { 'no-unused-vars': 'error', 'no-undef': 'error' },
  },
);
