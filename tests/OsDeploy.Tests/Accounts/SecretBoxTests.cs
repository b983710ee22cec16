using System.Text;
using OsDeploy.Server.Accounts;
using Xunit;

namespace OsDeploy.Tests.Accounts;

public sealed class SecretBoxTests : IDisposable
{
    private readonly TestAccounts _accounts = new();

    public void Dispose() => _accounts.Dispose();

    [Fact]
    public void What_was_sealed_is_opened_for_its_purpose_only() => Seeded.Cases(200, random =>
    {
        using var box = Open();
        var plain = new string([.. Enumerable.Range(0, random.Next(40)).Select(_ => "aZ0 \n\"ä€"[random.Next(8)])]);
        var closed = box.Seal(plain, "host:r1-pc01");
        Assert.Equal(plain, box.Open(closed, "host:r1-pc01"));
        Assert.Equal("secret-damaged", CodeOf(() => box.Open(closed, "host:r1-pc02")));
        Assert.NotEqual(closed, box.Seal(plain, "host:r1-pc01"));
        Assert.True(plain.Length < 4 || !closed.Contains(plain, StringComparison.Ordinal));
    });

    [Fact]
    public void Every_flipped_bit_is_found()
    {
        using var box = Open();
        var bytes = Convert.FromBase64String(box.Seal("djoin blob", "host:r1-pc01")["enc1:".Length..]);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal("secret-damaged", CodeOf(() => box.Open("enc1:" + Convert.ToBase64String(bytes), "host:r1-pc01")));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.Equal("djoin blob", box.Open("enc1:" + Convert.ToBase64String(bytes), "host:r1-pc01"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("djoin blob")]
    [InlineData("enc1:")]
    [InlineData("enc1:AAAA")]
    [InlineData("enc1:*")]
    [InlineData("enc2:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void A_text_that_was_never_sealed_is_not_opened(string text)
    {
        using var box = Open();
        Assert.Equal("secret-damaged", CodeOf(() => box.Open(text, "x")));
    }

    [Fact]
    public void The_key_is_made_once_and_only_its_owner_reads_it()
    {
        string closed;
        using (var box = Open())
        {
            closed = box.Seal("djoin blob", "x");
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_accounts.KeyPath));
        Assert.Equal(32, File.ReadAllBytes(_accounts.KeyPath).Length);
        _accounts.Restart();
        using var again = Open();
        Assert.Equal("djoin blob", again.Open(closed, "x"));
    }

    [Fact]
    public void Each_purpose_has_a_key_of_its_own_that_stays_the_same()
    {
        using var box = Open();
        using var again = Open();
        Assert.Equal(box.KeyFor("claims"), again.KeyFor("claims"));
        Assert.Equal(32, box.KeyFor("claims").Length);
        Assert.NotEqual(box.KeyFor("claims"), box.KeyFor("cookies"));
        Assert.NotEqual(File.ReadAllBytes(_accounts.KeyPath), box.KeyFor("claims"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    public void Another_key_is_found_at_the_start(int length)
    {
        Open().Dispose();
        File.WriteAllBytes(_accounts.KeyPath, new byte[length]);
        Assert.Equal("secret-key-wrong", CodeOf(() => Open()));
    }

    [Fact]
    public void A_key_that_is_gone_is_not_made_anew()
    {
        Open().Dispose();
        File.Delete(_accounts.KeyPath);
        Assert.Equal("secret-key-wrong", CodeOf(() => Open()));
        Assert.False(File.Exists(_accounts.KeyPath));
    }

    [Fact]
    public void A_first_start_that_was_cut_short_after_the_key_goes_on()
    {
        var key = new byte[32];
        File.WriteAllBytes(_accounts.KeyPath, key);
        Open().Dispose();
        Assert.Equal(key, File.ReadAllBytes(_accounts.KeyPath));
        Open().Dispose();
    }

    [Fact]
    public void The_database_holds_neither_the_key_nor_what_was_sealed()
    {
        string closed;
        using (var box = Open())
        {
            closed = box.Seal("canary-e1c7b1", "x");
        }

        var records = _accounts.Store.GetCollection("secret_check", AccountJson.Default.SecretCheck, check => check.Id);
        records.Insert(new SecretCheck("other", closed));
        var bytes = _accounts.BytesOnDisk();
        Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(closed[5..60].Split('+')[0])) >= 0);
        Assert.Equal(-1, bytes.AsSpan().IndexOf("canary-e1c7b1"u8));
        var key = File.ReadAllBytes(_accounts.KeyPath);
        Assert.Equal(-1, bytes.AsSpan().IndexOf(key));
        Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Convert.ToBase64String(key)[..20])));
    }

    private static string CodeOf(Action work) => Assert.Throws<UserErrorException>(work).Code;

    private SecretBox Open() => SecretBox.Open(_accounts.KeyPath, _accounts.Store);
}
