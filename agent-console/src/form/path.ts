/** A place inside plain data: names of fields and positions in lists. */
export type Path = readonly (string | number)[];

export type Plain = Readonly<Record<string, unknown>>;

export function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As the engine writes it in its messages: `treatments[0].title`. */
export function pathText(path: Path): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}

/** What stands at a place; undefined where nothing does. */
export function getAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((found, step) => {
    if (Array.isArray(found)) return typeof step === 'number' ? (found[step] as unknown) : undefined;
    return isPlain(found) ? found[String(step)] : undefined;
  }, value);
}

/** The same data with something else at a place; undefined takes a field away. What is on the way is made where it is missing. */
export function setAt(value: unknown, path: Path, next: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return next;
  if (typeof step === 'number') {
    const list: unknown[] = Array.isArray(value) ? [...(value as unknown[])] : [];
    list[step] = setAt(list[step], rest, next);
    return list;
  }
  const known = isPlain(value) ? value : {};
  const changed = setAt(known[step], rest, next);
  if (changed === undefined) return Object.fromEntries(Object.entries(known).filter(([key]) => key !== step));
  return { ...known, [step]: changed };
}

/** The same data without one member of a list. */
export function removeAt(value: unknown, path: Path): unknown {
  const index = path.at(-1);
  const parent = path.slice(0, -1);
  const list = getAt(value, parent);
  if (!Array.isArray(list) || typeof index !== 'number') return value;
  return setAt(
    value,
    parent,
    list.filter((_, at) => at !== index),
  );
}
