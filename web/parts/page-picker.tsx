import type { PageRow } from '../../functions/contract/answer.ts';
import { otherValue } from '../../functions/contract/counter.ts';
import { formatNumbered } from '../view/number-format.ts';

interface Props {
  /** Empty: none is chosen yet. */
  path: string;
  /** Null: not known yet. */
  pages: readonly PageRow[] | null;
  /** The choice of none, where that is one. */
  all?: string;
  onChange: (path: string) => void;
}

/** One of the site's pages, most viewed first. */
export function PagePicker({ path, pages, all, onChange }: Props) {
  const named = (pages ?? []).filter((page) => page.path !== otherValue);
  const isListed = path === '' || named.some((page) => page.path === path);
  return (
    <label className="page-picker">
      <span>Page</span>
      <select value={path} data-testid="page-picker" onChange={(event) => onChange(event.target.value)}>
        {(all !== undefined || path === '') && <option value="">{all ?? 'Choose a page'}</option>}
        {!isListed && <option value={path}>{pages ? `${path} (no views in this time)` : path}</option>}
        {named.map((page) => (
          <option key={page.path} value={page.path}>
            {page.path} · {formatNumbered(page.pageViews, 'view')}
          </option>
        ))}
      </select>
    </label>
  );
}
