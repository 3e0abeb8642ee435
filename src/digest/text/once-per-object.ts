/** The same pure function, which computes each object once, as long as that object exists. */
export function oncePerObject<Key extends object, Value>(work: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    let answer = known.get(key);
    if (answer === undefined) {
      answer = { value: work(key) };
      known.set(key, answer);
    }
    return answer.value;
  };
}
