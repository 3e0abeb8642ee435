import type { z } from 'zod';
import type { PublicLibrary } from '../../digest/ports/public-library.js';
import type { View } from '../../digest/view/view.js';

/** What tools answer from. */
export interface AssistantServices {
  readonly library: PublicLibrary;
  /** Where the pages are published, without a slash at its end; null: answers link to the archive alone. */
  readonly publicUrl: string | null;
  /** IANA zone in which times are read. */
  readonly zone: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What a tool found. */
export interface ToolAnswer {
  readonly view: View;
  /** Paths of pages that show the same, for people. */
  readonly pages: readonly string[];
  /** The page of it that is here; null: `view` is cut into pages as it needs. */
  readonly page: { readonly number: number; readonly hasMore: boolean } | null;
}

/** One thing that an assistant can ask. */
export interface Tool<S extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  /** For the assistant: what it gives, and when to use it. */
  readonly does: string;
  readonly input: S;
  /** Throws UserError for what the assistant can correct. */
  readonly answer: (input: z.output<S>, services: AssistantServices) => Promise<ToolAnswer>;
}

export function tool<S extends z.ZodObject>(one: Tool<S>): Tool {
  // Each is called with what its own schema read.
  return one as unknown as Tool;
}
