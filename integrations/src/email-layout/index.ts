export { createEmailLayouts, type EmailLayouts } from './email-layouts.js';
export type { LayoutVariables, PlainMessage, SurveyAnswerLink } from './email-variables.js';
export { linksIn, replaceLinks } from './link-rewriting.js';
export { textPart } from './text-part.js';
