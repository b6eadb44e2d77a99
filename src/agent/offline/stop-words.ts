/** Words that say nothing about what a tool is for: function words, and what nearly every description contains. */
export const stopWords: ReadonlySet<string> = new Set(
  (
    'a about all an and any are as at be by can do does for from get has have how i if in into is it its list me my no ' +
    'not of on one or our please s set so t tell that the their them then there these this to up use used uses using ' +
    'want was we what when where which who why will with would you your ' +
    'call called current given function tool tools return returns'
  ).split(' '),
);
