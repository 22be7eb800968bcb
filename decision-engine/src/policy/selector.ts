import { z } from 'zod';
import { ACTION_CLASSES, type Action } from '../catalogue/action.js';
import {
  actionIdSchema,
  type Channel,
  channelSchema,
  groupIdSchema,
  issueIdSchema,
} from '../catalogue/ids.js';

/** Which candidates a rule applies to: every list that is given must contain the candidate's value; `{}` = all. */
export const selectorSchema = z.strictObject({
  channels: z.array(channelSchema).min(1).optional(),
  classes: z.array(z.enum(ACTION_CLASSES)).min(1).optional(),
  issues: z.array(issueIdSchema).min(1).optional(),
  groups: z.array(groupIdSchema).min(1).optional(),
  actions: z.array(actionIdSchema).min(1).optional(),
  tags: z.array(z.string().min(1)).min(1).optional(),
});
export type Selector = z.output<typeof selectorSchema>;

export function selects(selector: Selector, action: Action, channel: Channel): boolean {
  return (
    (selector.channels?.includes(channel) ?? true) &&
    (selector.classes?.includes(action.class) ?? true) &&
    (selector.issues?.includes(action.issue) ?? true) &&
    (selector.groups?.includes(action.group) ?? true) &&
    (selector.actions?.includes(action.actionId) ?? true) &&
    (selector.tags?.some((tag) => action.tags.includes(tag)) ?? true)
  );
}
