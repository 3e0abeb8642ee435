import { Layout } from '../layout.js';
import { href, type PageContext } from '../page.js';

/** What went wrong, and what to do now. */
export function ProblemPage({
  title,
  message,
  remedy,
  page,
}: {
  readonly title: string;
  readonly message: string;
  readonly remedy: string;
  readonly page: PageContext;
}) {
  return (
    <Layout title={title} page={page}>
      <h1>{title}</h1>
      <p>{message}</p>
      {remedy === '' ? null : <p>{remedy}</p>}
      <p>
        <a href={href(page.site, '/')}>Start page</a>
      </p>
    </Layout>
  );
}
