/** The build puts in the text of the file. */
declare module '*.css' {
  const text: string;
  export default text;
}
