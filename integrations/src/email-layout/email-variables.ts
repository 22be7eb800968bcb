/** One answer of a survey, and the signed link that gives it. */
export type SurveyAnswerLink = { readonly score: number; readonly url: string };

/** What every e-mail's layout may use besides the treatment's own variables, under these names. */
export type LayoutVariables = {
  readonly sender: { readonly name: string; readonly postalAddress: string };
  readonly links: {
    /** '' where there is nothing to unsubscribe from. */
    readonly unsubscribe: string;
    readonly preferences: string;
  };
  /** No answers where the message asks nothing. */
  readonly survey: {
    readonly low: string;
    readonly high: string;
    readonly answers: readonly SurveyAnswerLink[];
  };
};

/** A treatment without a layout of its own, as the default layout shows it. */
export type PlainMessage = {
  readonly subject: string;
  readonly heading: string;
  readonly text: string;
  /** http(s); '' = none. */
  readonly link: string;
  /** Words of the button that leads to `link`. */
  readonly button: string;
  /** http(s); '' = none. */
  readonly image: string;
  readonly imageAlt: string;
};
