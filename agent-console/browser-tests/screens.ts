/** The screens every page is looked at on, in CSS pixels. */
export const SCREENS = {
  wide: { width: 1440, height: 900 },
  narrow: { width: 360, height: 780 },
} as const;
