using System.Globalization;
using System.Text;
using OsDeploy.Agent.Network.Wireless;
using Xunit;

namespace OsDeploy.Tests.Agent.Network.Wireless;

public sealed class SsidTests
{
    [Theory]
    [InlineData("School", "School")]
    [InlineData("Caf\\xc3\\xa9 1", "Café 1")]
    [InlineData("a\\\\b\\\"c", "a\\b\"c")]
    [InlineData("up\\e[2J", "up?[2J")]
    [InlineData("line\\nbreak\\r\\t", "line?break??")]
    [InlineData("\\xff\\xfe", "??")]
    [InlineData("\\x20\\x20", "0x2020")]
    [InlineData("\\xe2\\x80\\xaeevil", "?evil")]
    public void A_name_is_read_as_it_was_sent_and_shown_harmless(string escaped, string shown)
    {
        Assert.True(Ssid.TryParse(escaped, out var ssid));
        Assert.Equal(shown, ssid.Shown);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\\x00\\x00\\x00")]
    [InlineData("\\")]
    [InlineData("\\x1")]
    [InlineData("\\xg0")]
    [InlineData("\\x+1")]
    [InlineData("\\q")]
    [InlineData("é€")]
    [InlineData("012345678901234567890123456789012")]
    public void What_is_no_name_is_none(string escaped) => Assert.False(Ssid.TryParse(escaped, out _));

    [Fact]
    public void Any_bytes_come_back_as_they_were_escaped() => Seeded.Cases(3000, random =>
    {
        var bytes = new byte[random.Next(1, 33)];
        random.NextBytes(bytes);
        bytes[random.Next(bytes.Length)] |= 1;
        Assert.True(Ssid.TryParse(Escape(bytes), out var ssid));
        Assert.Equal(Convert.ToHexStringLower(bytes), ssid.Hex);
        Assert.DoesNotContain(ssid.Shown, char.IsControl);
    });

    [Fact]
    public void Any_text_is_a_name_or_none() => Seeded.Cases(3000, random =>
    {
        var text = Encoding.UTF8.GetString(Mutation.Of(Encoding.UTF8.GetBytes("Caf\\xc3\\xa9 \\\"\\\\\\e\\n\\x00"), random));
        Assert.True(!Ssid.TryParse(text, out var ssid) || ssid.Hex.Length is > 0 and <= 64);
    });

    [Theory]
    [InlineData("Schule", true)]
    [InlineData("Ünïcödé", true)]
    [InlineData("", false)]
    [InlineData("ääääääääääääääääx", false)]
    public void What_somebody_types_is_a_name_if_it_is_not_too_long(string typed, bool isName) => Assert.Equal(isName, Ssid.TryOfText(typed, out _));

    [Fact]
    public void Half_a_letter_is_no_name() => Assert.False(Ssid.TryOfText("a" + '\ud800', out _));

    // As printf_encode of wpa_supplicant does.
    private static string Escape(byte[] bytes) => string.Concat(bytes.Select(value => value switch
    {
        (byte)'"' => "\\\"",
        (byte)'\\' => "\\\\",
        0x1B => "\\e",
        (byte)'\n' => "\\n",
        (byte)'\r' => "\\r",
        (byte)'\t' => "\\t",
        >= 32 and <= 126 => ((char)value).ToString(),
        _ => "\\x" + value.ToString("x2", CultureInfo.InvariantCulture),
    }));
}
