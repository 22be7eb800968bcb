export {
  type CompiledTemplate,
  compileTemplate,
  describeTemplateProblem,
  type Rendered,
  TEMPLATE_LIMITS,
  type Template,
  type TemplateMode,
  type TemplateProblem,
} from './template.js';
