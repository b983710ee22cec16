namespace OsDeploy.Screens.Forms;

/// <summary>The letter behind <c>_</c> in a label.</summary>
internal static class HotKey
{
    /// <summary>The label as it reads.</summary>
    public static string Strip(string label)
    {
        var mark = MarkIn(label);
        return mark < 0 ? label : label.Remove(mark, 1);
    }

    /// <summary>A label that reads as this text, whatever is in it.</summary>
    public static string Escape(string text) => MarkIn(text) is >= 0 and var mark ? text.Insert(mark, "_") : text;

    /// <returns>In lower case; null: the label has none.</returns>
    public static char? Of(string label)
    {
        var mark = MarkIn(label);
        return mark < 0 ? null : char.ToLowerInvariant(label[mark + 1]);
    }

    private static int MarkIn(string label)
    {
        for (var i = 0; i + 1 < label.Length; i++)
        {
            if (label[i] == '_' && char.IsLetterOrDigit(label[i + 1]))
            {
                return i;
            }
        }

        return -1;
    }
}
