const stepPx = 24;

/** Lets the panel be moved: by its head with a pointer, by `handle` with the arrow keys. It never leaves the window. */
export function letMove(panel: HTMLElement, head: HTMLElement, handle: HTMLElement, signal: AbortSignal): void {
  const moveTo = (left: number, top: number) => {
    const { width, height } = panel.getBoundingClientRect();
    panel.style.right = 'auto';
    panel.style.left = `${Math.max(0, Math.min(innerWidth - width, left))}px`;
    panel.style.top = `${Math.max(0, Math.min(innerHeight - height, top))}px`;
  };
  const moveBy = (x: number, y: number) => {
    const { left, top } = panel.getBoundingClientRect();
    moveTo(left + x, top + y);
  };
  head.addEventListener('pointerdown', (down) => {
    if (down.target instanceof Element && down.target.closest('button:not(.move)')) return;
    const { left, top } = panel.getBoundingClientRect();
    head.setPointerCapture(down.pointerId);
    head.onpointermove = (at) => moveTo(left + at.clientX - down.clientX, top + at.clientY - down.clientY);
    head.onlostpointercapture = () => {
      head.onpointermove = null;
    };
  });
  handle.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!step) return;
    event.preventDefault();
    moveBy((step[0] ?? 0) * stepPx, (step[1] ?? 0) * stepPx);
  });
  addEventListener('resize', () => panel.style.left && moveBy(0, 0), { signal });
}
