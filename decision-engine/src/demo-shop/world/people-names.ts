export const FIRST_NAMES: readonly string[] = (
  'Ada Aisha Alan Alba Amara Anna Arun Ben Bianca Caleb Carys Chen Clara Daniel Dara Edith Eilidh Elias Emma Esme ' +
  'Farah Felix Finn Freya Gareth George Grace Hana Harriet Hugo Ines Iris Isaac Ivo Jack Jana Jonas Joy Kai Karim ' +
  'Kofi Lara Leo Lena Lucia Maeve Marek Marta Mei Milo Mina Nadia Niall Nina Noor Olga Oscar Otto Pablo Petra Priya ' +
  'Rafael Rhys Rosa Ruth Sam Sana Selma Tariq Tess Theo Tomas Una Vera Wanda Will Yara Yusuf Zoe'
).split(' ');

export const LAST_NAMES: readonly string[] = (
  'Abbott Adeyemi Ahmed Baker Barros Beck Bishop Brandt Burke Byrne Carter Castro Chan Cole Cruz Dale Das Doyle Duarte ' +
  'Ellis Evans Farrow Ferris Flynn Ford Fox Frost Gale Garcia Gill Grant Green Hale Harper Hart Hayes Hill Hoffman ' +
  'Holt Hughes Ito Jansen Joshi Kaur Keller Khan Kim Klein Lane Lang Lee Lopez Marsh Mason Mensah Mills Moore Moss ' +
  'Nash Novak Okafor Owens Park Patel Pereira Pike Price Quinn Reed Ross Rossi Santos Sato Shah Shaw Silva Stone Tan ' +
  'Thorne Ueda Vance Vogel Walsh Ward Webb West Wolf Wren Yates Young Zimmer'
).split(' ');
