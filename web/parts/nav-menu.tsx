import { useId, useRef } from 'react';

export interface NavLink {
  href: string;
  title: string;
  isCurrent: boolean;
  isDanger?: boolean;
}

interface Props {
  label: string;
  className: string;
  /** What belongs together stands together. */
  groups: readonly (readonly NavLink[])[];
}

/**
 * Links side by side or below each other where there is room for them (the style says where); otherwise behind a button that says
 * which one is shown, in a popover of the browser: Escape and a press elsewhere close it.
 */
export function NavMenu({ label, className, groups }: Props) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const current = groups.flat().find(({ isCurrent }) => isCurrent);
  return (
    <nav className={`nav-menu ${className}`} aria-label={label}>
      <button type="button" className="button" popoverTarget={id}>
        {current?.title ?? label}
      </button>
      <div ref={list} id={id} popover="auto" className="menu nav-list">
        {groups.map((group) => (
          <div key={group[0]?.href}>
            {group.map(({ href, title, isCurrent, isDanger }) => (
              <a
                key={href}
                href={href}
                aria-current={isCurrent ? 'page' : undefined}
                className={isDanger ? 'is-danger' : undefined}
                onClick={() => list.current?.hidePopover()}
              >
                {title}
              </a>
            ))}
          </div>
        ))}
      </div>
    </nav>
  );
}
