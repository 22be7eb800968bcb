import { z } from 'zod';

/** Ids are lower-case words joined by `-`, `_`, `.` or `:`, as they appear in YAML files, URLs and reports. */
const ID_PATTERN = /^[a-z0-9]+(?:[-_.:][a-z0-9]+)*$/;

function idText(maximumLength = 80) {
  return z
    .string()
    .min(1)
    .max(maximumLength)
    .regex(ID_PATTERN, 'lower-case letters and digits joined by "-", "_", "." or ":"');
}

export const actionIdSchema = idText().brand<'ActionId'>();
export type ActionId = z.output<typeof actionIdSchema>;

export const treatmentIdSchema = idText().brand<'TreatmentId'>();
export type TreatmentId = z.output<typeof treatmentIdSchema>;

export const offerIdSchema = idText().brand<'OfferId'>();

export const groupIdSchema = idText().brand<'GroupId'>();
export type GroupId = z.output<typeof groupIdSchema>;

export const issueIdSchema = idText().brand<'IssueId'>();
export type IssueId = z.output<typeof issueIdSchema>;

export const experimentIdSchema = idText().brand<'ExperimentId'>();
export type ExperimentId = z.output<typeof experimentIdSchema>;

export const variantIdSchema = idText(40).brand<'VariantId'>();
export type VariantId = z.output<typeof variantIdSchema>;

/** A way to reach a customer: `agent`, `email`, `sms`, `web` … Which exist is settled by the policies. */
export const channelSchema = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9-]{0,39}$/, 'a channel name such as "agent", "email", "sms", "web", "push"')
  .brand<'Channel'>();
export type Channel = z.output<typeof channelSchema>;

/** A place on a channel where actions are shown: `home-banner`, `agent-card`, `basket-drawer` … */
export const placementSchema = idText().brand<'Placement'>();
export type Placement = z.output<typeof placementSchema>;
