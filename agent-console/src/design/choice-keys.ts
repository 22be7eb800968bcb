type Keys<Choice> = {
  /** Those that the numbers 1 to 9 stand for. */
  readonly choices: readonly Choice[];
  readonly choose: (choice: Choice) => void;
  /** Which elements the arrows go through. */
  readonly stops: string;
};

/** The keys of a short list: a number chooses; the arrows, j and k go from one to the next, around both ends. */
export function choiceKeys<Choice>({ choices, choose, stops }: Keys<Choice>) {
  return (event: React.KeyboardEvent): void => {
    const numbered = choices[Number(event.key) - 1];
    if (numbered !== undefined) {
      event.preventDefault();
      choose(numbered);
      return;
    }
    const step =
      event.key === 'ArrowDown' || event.key === 'j'
        ? 1
        : event.key === 'ArrowUp' || event.key === 'k'
          ? -1
          : 0;
    if (step === 0) return;
    event.preventDefault();
    const rows = [...event.currentTarget.querySelectorAll<HTMLElement>(stops)];
    const at = rows.findIndex((row) => row.matches(':focus'));
    rows[(at + step + rows.length) % rows.length]?.focus();
  };
}
