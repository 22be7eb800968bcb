export { createSlackChannel, SLACK_DEFINITION } from './slack-channel.js';
export type { StaffChannelOptions } from './staff-channel.js';
export { createTeamsChannel, TEAMS_DEFINITION } from './teams-channel.js';
