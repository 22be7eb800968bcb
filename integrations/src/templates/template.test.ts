import { describe, expect, it } from 'vitest';
import { compileTemplate, describeTemplateProblem, type TemplateMode } from './template.js';

function fill(source: string, variables: Record<string, unknown>, mode: TemplateMode = 'text') {
  const compiled = compileTemplate(source, mode);
  const result = compiled.ok ? compiled.template.render(variables) : compiled;
  return result.ok && 'text' in result ? result.text : !result.ok && describeTemplateProblem(result.problem);
}

describe('compileTemplate', () => {
  it('fills in values as they are in text and escaped in HTML', () => {
    const variables = { customer: { name: '<b>Ann & "Bo"</b>' } };
    expect(fill('Hi {{ customer.name }}', variables)).toBe('Hi <b>Ann & "Bo"</b>');
    expect(fill('Hi {{ customer.name }}', variables, 'html')).toBe(
      'Hi &lt;b&gt;Ann &amp; &#34;Bo&#34;&lt;/b&gt;',
    );
  });

  it('does not escape what the author wrote', () => {
    expect(fill('<p>{{ n | plus: 1 }}</p>', { n: 1 }, 'html')).toBe('<p>2</p>');
  });

  it('names the variable that has no value', () => {
    expect(fill('Hi {{ customer.firstName }}', { customer: {} })).toBe('No value for "customer.firstName"');
    expect(fill('{{ a.__proto__ }}{{ a.constructor }}', { a: {} })).toBe('No value for "a.__proto__"');
    expect(fill('{{ a.constructor }}', { a: {} })).toBe('No value for "a.constructor"');
  });

  it('lets a template allow for a missing value', () => {
    expect(fill('Hi {{ name | default: "there" }}{% if vip %}!{% endif %}', {})).toBe('Hi there');
  });

  it('lists what it asks for', () => {
    const compiled = compileTemplate(
      '{% for p in cart.products %}{{ p.name }}{% endfor %}{{ customer.name }}',
      'text',
    );
    expect(compiled.ok && compiled.template.variables).toEqual(['cart.products', 'customer.name']);
  });

  it.each([
    '{% if a %}',
    '{{ a | shout }}',
    '{% include "/etc/passwd" %}',
    '{% render "x" %}',
    '{% layout "x" %}',
    '{{ a | raw }}',
  ])('refuses %s before anything is sent', (source) => {
    expect(compileTemplate(source, 'html')).toMatchObject({ ok: false, problem: { kind: 'syntax' } });
  });

  it('stops a template that would run away', () => {
    expect(fill('{% for i in (1..100000000) %}x{% endfor %}', {})).toMatch(/limit exceeded/);
    expect(fill('{{ a }}', { a: 'x'.repeat(500_001) })).toMatch(/at most 500000 characters/);
    expect(fill(' '.repeat(100_001), {})).toMatch(/at most 100000 characters/);
  });
});
