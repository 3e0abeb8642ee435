import { type NamedSource, readSource, readSources } from './read-source.js';

/**
 * What SOURCES means for a bot that runs for months: it reads on where a file or a folder grows; a plain path would be read once. All that stands there is wanted, however
 * old, as `ingest PATH` takes it: `follow:PATH` is for somebody's mail delivery and begins with the last days, like every list.
 */
export function followedSources(texts: readonly string[]): NamedSource[] {
  const isPath = (text: string): boolean => readSource(text).transport.scheme === '' && text !== '-';
  const paths = new Set(texts.filter(isPath).map((text) => `follow:${text.trim()}`));
  const followed = readSources(texts.map((text) => (isPath(text) ? `follow:${text.trim()}` : text)));
  return followed.map((source) => (paths.has(source.name) ? fromTheBeginning(source) : source));
}

function fromTheBeginning(named: NamedSource): NamedSource {
  return {
    ...named,
    open(settings) {
      const source = named.open(settings);
      return { ...source, read: (request) => source.read(request && { ...request, since: null }) };
    },
  };
}
