/** What Slack takes at most, in UTF-16 units or in number (docs.slack.dev, Block Kit reference). */
export const LIMITS = {
  blocksPerMessage: 50,
  blocksPerView: 100,
  sectionText: 3000,
  fields: 10,
  fieldText: 2000,
  headerText: 150,
  contextText: 2000,
  actionsPerBlock: 25,
  buttonText: 75,
  buttonValue: 2000,
  url: 3000,
  actionId: 255,
  blockId: 255,
  options: 100,
  optionText: 75,
  overflowOptions: 5,
  optionValue: 150,
  placeholder: 150,
  fallback: 3000,
  modalTitle: 24,
  modalLabel: 24,
  privateMetadata: 3000,
  inputLabel: 2000,
  /**
   * Of all text in the blocks of one message. Slack names no figure for `msg_blocks_too_long`; 12,000 is what it allows to
   * the text of Markdown blocks, and more than anyone reads in one message.
   */
  messageText: 12_000,
} as const;
