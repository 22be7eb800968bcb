/** The names under which answers of the engine are kept in the page. */
export const queryKeys = {
  me: ['me'] as const,
  inbox: ['inbox'] as const,
  search: (text: string) => ['search', text] as const,
  customer: (customerId: string) => ['customer', customerId, 'view'] as const,
  timeline: (customerId: string) => ['customer', customerId, 'timeline'] as const,
  decision: (customerId: string) => ['customer', customerId, 'decision'] as const,
  record: (decisionId: string) => ['record', decisionId] as const,
  outbox: ['outbox'] as const,
  models: ['models'] as const,
  modelVersion: (model: string, version: string) => ['models', model, version] as const,
  shadowScores: (model: string) => ['models', model, 'shadow-scores'] as const,
};
