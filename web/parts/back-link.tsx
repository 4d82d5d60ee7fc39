/** From one of many to all of them. */
export function BackLink({ href, title }: { href: string; title: string }) {
  return (
    <a className="back-link" href={href}>
      ← {title}
    </a>
  );
}
