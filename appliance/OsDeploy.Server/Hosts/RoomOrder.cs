using System.Globalization;
using OsDeploy.Api.Hosts;

namespace OsDeploy.Server.Hosts;

/// <summary>How the hosts of a room stand in it: by row, place, present name, MAC address. Numbers in a text count as numbers; who has no place comes last.</summary>
internal sealed class RoomOrder : IComparer<Host>
{
    public static RoomOrder Instance { get; } = new();

    public int Compare(Host? left, Host? right) => left is null || right is null ? Comparer<bool>.Default.Compare(left is not null, right is not null) : First(
        Texts(left.Details.Row, right.Details.Row),
        Texts(left.Details.Place, right.Details.Place),
        Texts(left.Name.ToString(), right.Name.ToString()),
        Texts(MacOf(left), MacOf(right)));

    /// <summary><c>pc9</c> is before <c>pc10</c>.</summary>
    internal static int Texts(string? left, string? right)
    {
        if (string.IsNullOrEmpty(left) || string.IsNullOrEmpty(right))
        {
            return Comparer<bool>.Default.Compare(string.IsNullOrEmpty(left), string.IsNullOrEmpty(right));
        }

        // Every number with zeros before it, so that the texts can be compared letter by letter.
        return string.CompareOrdinal(Padded(left), Padded(right)) is not 0 and var order ? order : string.CompareOrdinal(left, right);
    }

    private static string Padded(string text)
    {
        const int Digits = 64;
        var parts = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var isNumber = char.IsAsciiDigit(text[start]);
            var end = start;
            while (end < text.Length && char.IsAsciiDigit(text[end]) == isNumber)
            {
                end++;
            }

            parts.Add(isNumber ? text[start..end].PadLeft(Digits, '0') : text[start..end].ToUpper(CultureInfo.InvariantCulture));
            start = end;
        }

        return string.Concat(parts);
    }

    private static int First(params ReadOnlySpan<int> orders)
    {
        foreach (var order in orders)
        {
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static string? MacOf(Host host) => host.Identity.Macs is [var first, ..] ? first.ToString() : null;
}
