using System.Globalization;

namespace OsDeploy.Api;

/// <summary>
/// 64 bits as four words that can be read out over a telephone: <c>lusab babad gutih tugad</c> (proquints, D. S. Wilkerson, arXiv:0901.4016).
/// For people who compare two screens.
/// </summary>
internal static class FourWords
{
    private const int DigitsPerWord = 4;
    private const string Consonants = "bdfghjklmnprstvz";
    private const string Vowels = "aiou";

    /// <param name="digits">Hexadecimal; the first 16 count.</param>
    public static string Of(string digits) => string.Join(' ', digits.Chunk(DigitsPerWord).Take(4)
        .Select(four => WordOf(ushort.Parse(four, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))));

    private static string WordOf(ushort bits) =>
        new([Consonants[bits >> 12], Vowels[(bits >> 10) & 3], Consonants[(bits >> 6) & 15], Vowels[(bits >> 4) & 3], Consonants[bits & 15]]);
}
