/** Every error the API answers with: a stable code, its HTTP status, and when it happens. `docs/errors.md` lists the same. */
export const ERRORS = {
  invalid_request: { status: 400, when: 'A field is missing or has a value that is not allowed.' },
  malformed_json: { status: 400, when: 'The body is not JSON.' },
  invalid_cursor: { status: 400, when: 'A cursor was not one that a list had answered with.' },
  not_authenticated: {
    status: 401,
    when: 'There is no API key or agent session, or it is wrong or has run out.',
  },
  wrong_signature: {
    status: 401,
    when: "A provider's call is not signed by it, or is too old.",
  },
  wrong_credentials: { status: 401, when: 'E-mail or password is wrong.' },
  not_allowed: {
    status: 403,
    when: 'The key has not the scope, or the person not the role, that the call needs, or the page is not one of ours.',
  },
  code_needed: {
    status: 403,
    when: 'E-mail and password are right, and the account asks for a code of the second factor.',
  },
  wrong_code: { status: 403, when: 'The code of the second factor is wrong, used or run out.' },
  wrong_password: { status: 403, when: 'The password given to confirm a change is not the right one.' },
  unknown_person: { status: 404, when: 'Nobody has this id.' },
  unknown_session: { status: 404, when: 'The session is not one of this person, or has ended.' },
  unknown_invitation: { status: 404, when: 'The invitation was used or withdrawn, or has run out.' },
  unknown_key: { status: 404, when: 'There is no such API key, or it was taken back already.' },
  unknown_privacy_request: { status: 404, when: 'There is no privacy request with this id.' },
  unknown_customer: { status: 404, when: 'No customer has this identity.' },
  unknown_merge: { status: 404, when: 'There is no merge of customers with this id.' },
  unknown_decision: { status: 404, when: 'There is no decision with this id.' },
  unknown_revision: { status: 404, when: 'There is no revision of the catalogue with this number.' },
  unknown_draft: { status: 404, when: 'There is no draft with this id.' },
  unknown_segment: { status: 404, when: 'The catalogue in force has no segment of this name.' },
  unknown_view: {
    status: 404,
    when: 'Neither this person nor the team has a view of the inbox with this id.',
  },
  segment_is_no_list: {
    status: 409,
    when: 'The members of this segment follow from its condition; only those of a list are named one by one.',
  },
  unknown_simulation: {
    status: 404,
    when: 'No simulation with this id was begun since the engine started, or it is long ago.',
  },
  unknown_delivery: { status: 404, when: 'There is no message with this id.' },
  unknown_offer_code: { status: 404, when: 'Nobody was given this offer code.' },
  unknown_channel: { status: 404, when: 'There is no channel of this name that messages leave on.' },
  unknown_journey: { status: 404, when: 'There is no journey of this name, or not in this version.' },
  unknown_run: { status: 404, when: 'There is no run of a journey with this id.' },
  unknown_playbook: { status: 404, when: 'No playbook of this name comes with Segue.' },
  unknown_replay: {
    status: 404,
    when: 'No replay with this id was begun since the engine started, or it is long ago.',
  },
  unknown_version: { status: 404, when: 'There is no version of this name of the model.' },
  unknown_route: { status: 404, when: 'There is nothing at this address.' },
  method_not_allowed: {
    status: 405,
    when: 'The address is right, the method is not; `Allow` names those that are.',
  },
  request_timeout: { status: 408, when: 'The request took longer than 30 seconds to arrive.' },
  person_known: { status: 409, when: 'Somebody has this e-mail address already.' },
  last_admin: { status: 409, when: 'The change would leave nobody who manages people.' },
  second_factor_on: { status: 409, when: 'A second factor is on already.' },
  export_not_ready: {
    status: 409,
    when: 'The export is still being written, was erased with its customer, or is older than seven days.',
  },
  merge_not_undoable: {
    status: 409,
    when: "This merge of customers can't be undone; the text says why.",
  },
  action_not_in_decision: { status: 409, when: 'The action is not one the decision offered.' },
  delivery_not_retryable: {
    status: 409,
    when: 'The message waits or went out: it is not tried again.',
  },
  channel_not_configured: {
    status: 409,
    when: 'What this channel needs has not been set; the text says what.',
  },
  view_taken: { status: 409, when: 'A view of the inbox has this id already, and it is somebody else’s.' },
  too_many_views: { status: 409, when: 'There are as many saved views of the inbox as there may be: 30.' },
  offer_expired: { status: 409, when: 'The offer code is no longer valid; the text says since when.' },
  offer_redeemed: { status: 409, when: 'The customer has redeemed this offer already, with another order.' },
  no_address: { status: 409, when: 'The customer has no address on this channel.' },
  no_treatment: { status: 409, when: 'The action has no treatment for this channel.' },
  no_words: {
    status: 409,
    when: "The treatment's words ask for something that isn't known of the customer.",
  },
  draft_conflict: { status: 409, when: 'Somebody else saved the draft since the version that was named.' },
  catalogue_outdated: { status: 409, when: 'The catalogue has moved on since the draft was begun.' },
  simulation_running: { status: 409, when: 'Another simulation is running; one runs at a time.' },
  journey_outdated: {
    status: 409,
    when: 'Somebody else has published the journey since the version that was named.',
  },
  replay_running: { status: 409, when: 'Another replay is running; one runs at a time.' },
  promotion_refused: {
    status: 409,
    when: 'The model is worse than the one in force, or than knowing nothing; the text says by how much.',
  },
  no_earlier_version: { status: 409, when: 'No version of the model was in force before.' },
  request_in_progress: {
    status: 409,
    when: 'A request with this `Idempotency-Key` is still being answered.',
  },
  no_consent: { status: 409, when: 'The customer has not agreed to be contacted on this channel.' },
  contact_refused: { status: 409, when: 'A rule of contact stops this message; the text says which.' },
  event_too_large: { status: 413, when: 'An event is larger than 32 KB.' },
  batch_too_large: { status: 413, when: 'A batch is larger than 500 KB.' },
  body_too_large: { status: 413, when: 'The body is larger than 256 KB.' },
  unsupported_media_type: { status: 415, when: 'The body is not declared as JSON.' },
  catalogue_invalid: { status: 422, when: "The draft can't be published; `issues` holds every problem." },
  journey_invalid: { status: 422, when: "The journey can't be used; `issues` holds every problem." },
  window_too_large: { status: 422, when: 'The window holds more than can be looked at in one go.' },
  idempotency_key_reused: { status: 422, when: 'This `Idempotency-Key` came before with another request.' },
  too_many_requests: {
    status: 429,
    when: 'The API key has used up what it may ask for; `Retry-After` says how long to wait.',
  },
  too_many_attempts: {
    status: 429,
    when: 'Too many attempts to sign in; `retryAfterSeconds` says how long to wait.',
  },
  headers_too_large: { status: 431, when: 'The head of the request is larger than 16 KB.' },
  not_ready: { status: 503, when: 'The engine is still starting; `GET /healthz` says how far it is.' },
  internal: { status: 500, when: 'A fault on our side. It is in the log under the id that is answered.' },
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** In the order of the catalogue. Their type is what `Object.keys` can't say: exactly the keys of `ERRORS`. */
export const ERROR_CODES = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];
