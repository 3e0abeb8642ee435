/** Takes `page:3` off words: buttons to the next page hold it. */
export function takePage(typed: string): { readonly words: string; readonly page: number } {
  const words = typed.split(/\s+/).filter((word) => word !== '');
  const page = words.find((word) => /^page:\d{1,4}$/.test(word));
  return {
    words: words.filter((word) => word !== page).join(' '),
    page: page === undefined ? 1 : Number(page.slice('page:'.length)),
  };
}
