/** The pages of marketers, data scientists and analysts, which are looked at on the whole product. */
export const PLAN_PAGES = [
  { name: 'catalogue', path: '/catalogue' },
  { name: 'action', path: '/catalogue/actions/basket-10-off' },
  { name: 'new-action', path: '/catalogue/actions/new' },
  { name: 'history', path: '/catalogue/history' },
  { name: 'policies', path: '/policies' },
  { name: 'dashboards', path: '/dashboards' },
  { name: 'experiments', path: '/experiments' },
  { name: 'decisions', path: '/decisions' },
  { name: 'models', path: '/models' },
  { name: 'model', path: '/models/churn' },
] as const;
