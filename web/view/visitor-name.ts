/** Short names for a day's visitors, so that two sessions of one can be told from two visitors. Pure. */
const colours =
  'Amber Azure Beige Black Blue Brass Bronze Brown Copper Coral Cream Crimson Emerald Golden Green Grey Indigo Ivory Jade Lilac Ochre Olive Orange Pearl Pink Purple Red Ruby Silver Teal Violet White'.split(
    ' ',
  );
const animals =
  'badger bear beaver bison bunting buzzard cat cod crab crane crow deer dolphin dove duck eagle eel egret elk falcon ferret finch fox frog gecko goat goose grouse gull hare hawk heron horse ibis jay kestrel kite lark lion llama lynx magpie marten mole moose moth mouse newt otter owl panda pike plover puffin rabbit raven robin salmon seal sparrow stoat stork swan wren'.split(
    ' ',
  );

/**
 * The name that a visitor's hash makes: `Amber heron`. There are 2,048 of them, so it leads back to nobody; and now and then two
 * visitors of a day have the same one.
 * @param visitor 16 hex digits
 */
export function visitorName(visitor: string): string {
  const bits = Number.parseInt(visitor.slice(0, 4), 16);
  return `${colours[bits % 32]} ${animals[(bits >> 5) % 64]}`;
}
