using System.Text;

namespace OsDeploy.Tests.Disks;

/// <summary>Damages text the way disks, cables and other people's programs do.</summary>
internal static class TextMutation
{
    private static readonly string[] s_splinters = ["-1", "9223372036854775807", "99999999999999999999", "null", "{}", "[]", "\"", "\n", "0x", "+", "?", "\0", "é"];

    /// <summary>Feeds many damaged versions of a good text to a parser, which must take it or throw <see cref="FormatException"/>.</summary>
    public static void Fuzz(string good, Action<string> parse) => Seeded.Cases(3000, random =>
    {
        var damaged = Damage(good, random);
        try
        {
            parse(damaged);
        }
        catch (FormatException)
        {
            // said no in the agreed way
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{e.GetType().Name} {e.Message} for:\n{damaged}", e);
        }
    });

    private static string Damage(string good, Random random)
    {
        var text = new StringBuilder(good);
        for (var wounds = random.Next(1, 5); wounds > 0 && text.Length > 1; wounds--)
        {
            var at = random.Next(text.Length);
            var length = Math.Min(random.Next(1, 20), text.Length - at);
            _ = random.Next(5) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, s_splinters[random.Next(s_splinters.Length)]),
                2 => text.Insert(at, text.ToString(at, length)),
                3 => text.Remove(at, length).Insert(at, s_splinters[random.Next(s_splinters.Length)]),
                _ => text.Replace(text[at], (char)random.Next(1, 128), at, 1),
            };
        }

        return text.ToString();
    }
}
