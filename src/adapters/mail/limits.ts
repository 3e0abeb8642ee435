/** Bounds on what one mail may cost. Mail is hostile: none of these can be switched off. */

/** Characters of the body that are kept: 1,000-line changelogs and 300 KB patches fit many times over. */
export const MAX_TEXT_LENGTH = 2 * 1024 * 1024;

/** Characters of one attachment that are kept. */
export const MAX_ATTACHMENT_LENGTH = 2 * 1024 * 1024;

/** Textual attachments that are kept. */
export const MAX_ATTACHMENTS = 50;

/** Bytes that all compressed attachments of a mail may unpack to: a few kilobytes can unpack to gigabytes. */
export const MAX_UNPACKED_BYTES = 4 * 1024 * 1024;

/** Characters of one header that are read: 10,000 recipients or references fit. */
export const MAX_HEADER_LENGTH = 512 * 1024;

/** Addresses or message-ids taken from one header. */
export const MAX_HEADER_ITEMS = 5000;

/** Bytes of a header block that our own reader looks at. */
export const MAX_HEADER_BLOCK_BYTES = 1024 * 1024;

/** Bytes of a header block, and number of parts, that the mail parser gets to see. */
export const MAX_PARSER_HEADER_BYTES = 64 * 1024;
export const MAX_PARSER_PARTS = 600;

/** Blanks in a row that the mail parser gets to see in quoted-printable text. */
export const MAX_BLANK_RUN = 200;

/** Depth and number of MIME parts that our own reader follows. */
export const MAX_PART_DEPTH = 50;
export const MAX_PARTS = 1000;
