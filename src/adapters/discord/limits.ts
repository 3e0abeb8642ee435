/** Discord's limits, in UTF-16 units; those that its OpenAPI description does not hold are from its documentation. */
export const LIMITS = {
  /** Over all text displays of a message with components. */
  text: 4000,
  /** Counted through nesting. */
  components: 40,
  buttonsPerRow: 5,
  label: 80,
  linkUrl: 512,
  placeholder: 150,
  selectOptions: 25,
  optionText: 100,
  choices: 25,
  choiceText: 100,
  commandText: 100,
  threadName: 100,
  /** Of one post in a forum. */
  appliedTags: 5,
  /** That a forum offers. */
  forumTags: 20,
  nonce: 25,
} as const;

/** `1 << 2`: no cards below links. */
export const SUPPRESS_EMBEDS = 4;
/** `1 << 6`: only the user sees it. */
export const EPHEMERAL = 64;
/** `1 << 12`: no sound, no badge. */
export const SUPPRESS_NOTIFICATIONS = 4096;
/** `1 << 15`: the message is made of components; it cannot be taken back. */
export const COMPONENTS_V2 = 32_768;
