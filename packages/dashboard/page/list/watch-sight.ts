const told = new WeakMap<Element, (isInSight: boolean) => void>();
let observer: IntersectionObserver | undefined;

/** Says whether an element is in sight, or nearly; now, and whenever that changes. One observer serves all. */
export function watchSight(element: Element, tell: (isInSight: boolean) => void): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) told.get(target)?.(isIntersecting);
    },
    { rootMargin: '150px' },
  );
  const watching = observer;
  told.set(element, tell);
  watching.observe(element);
  return () => watching.unobserve(element);
}
