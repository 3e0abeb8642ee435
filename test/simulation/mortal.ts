import type { Random } from './random.js';

/** One life of a process: it may end before or after any step. */
export interface Life {
  /** Resolves when it ends. */
  readonly end: Promise<void>;
  isOver(): boolean;
  /** Carries out a step, unless the process dies before or after it: then it never comes back. */
  step<T>(work: () => Promise<T>): Promise<T>;
}

export function createLife(random: Random, risk: () => number): Life {
  let over = false;
  let finish = (): void => undefined;
  const end = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const never = <T>(): Promise<T> => new Promise<T>(() => undefined);
  const dies = (): boolean => {
    if (!over && random.chance(risk())) {
      over = true;
      finish();
    }
    return over;
  };
  return {
    end,
    isOver: () => over,
    async step(work) {
      if (dies()) return never();
      const result = await work();
      return dies() ? never() : result;
    },
  };
}

/** The same object, each of whose asynchronous methods, at any depth, is a step of a life. */
export function mortal<T extends object>(target: T, life: Life): T {
  return new Proxy(target, {
    get(of, name, self): unknown {
      const value: unknown = Reflect.get(of, name, self);
      if (typeof value === 'function')
        return (...given: unknown[]) => life.step(() => Promise.resolve(Reflect.apply(value, of, given)));
      return typeof value === 'object' && value !== null ? mortal(value, life) : value;
    },
  });
}
