/** What every language has to say: the same keys, and functions of the same arguments, in words of its own. */
export type Shape<T> = T extends (...given: infer Given) => infer Said
  ? (...given: Given) => Shape<Said>
  : T extends string
    ? string
    : { readonly [Key in keyof T]: Shape<T[Key]> };
