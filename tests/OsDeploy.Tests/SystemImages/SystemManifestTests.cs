using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using OsDeploy.SystemImages;
using Xunit;

namespace OsDeploy.Tests.SystemImages;

public sealed class SystemManifestTests
{
    private static readonly string s_text = Encoding.UTF8.GetString(SampleSystem.ManifestOf(SampleSystem.Files()).ToBytes());

    [Fact]
    public void A_manifest_comes_back_as_it_was_written()
    {
        var bytes = Encoding.UTF8.GetBytes(s_text);
        Assert.Equal(bytes, SystemManifest.Parse(bytes).ToBytes());
    }

    [Theory]
    [InlineData("\"format\": 1", "\"format\": 2")]
    [InlineData("\"format\": 1", "\"format\": \"1\"")]
    [InlineData("\"format\": 1", "\"format\": 1, \"format\": 1")]
    [InlineData("\"format\": 1", "\"format\": 1, \"also\": 1")]
    [InlineData("\"version\": \"v1.2", "\"version\": \"$(v1.2)")]
    [InlineData("\"version\": \"v1.2", "\"version\": \"v1\\u0022;2")]
    [InlineData("\"counter\": 1700000000", "\"counter\": 0")]
    [InlineData("\"counter\": 1700000000", "\"counter\": -1")]
    [InlineData("\"counter\": 1700000000", "\"counter\": 99999999999999999999")]
    [InlineData("\"isDevelopment\": true", "\"isDevelopment\": 1")]
    [InlineData("\"isDevelopment\": true,", "")]
    [InlineData("\"id\": \"0123", "\"id\": \"../3")]
    [InlineData("\"commandLine\": \"boot", "\"commandLine\": \"$boot")]
    [InlineData("\"commandLine\": \"boot", "\"commandLine\": \"boot\\nlinux")]
    [InlineData("\"commandLine\": \"boot", "\"commandLine\": \"boot;reboot;")]
    [InlineData("\"name\": \"vmlinuz\"", "\"name\": \"../vmlinuz\"")]
    [InlineData("\"name\": \"vmlinuz\"", "\"name\": \"initrd.img\"")]
    [InlineData("\"name\": \"vmlinuz\"", "\"name\": null")]
    [InlineData("\"size\": 5000", "\"size\": -5000")]
    [InlineData("\"size\": 5000", "\"size\": 50000000000")]
    [InlineData("\"sha256\": \"", "\"sha256\": \"0")]
    public void What_is_not_a_manifest_is_refused(string part, string replacement)
    {
        Assert.Contains(part, s_text, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => SystemManifest.Parse(Encoding.UTF8.GetBytes(s_text.Replace(part, replacement, StringComparison.Ordinal))));
    }

    [Fact]
    public void Whatever_the_bytes_are_they_are_read_or_refused_and_never_signed() => Seeded.Cases(2000, random =>
    {
        var whole = Encoding.UTF8.GetBytes(s_text);
        var signature = SystemSignature.Sign(whole, SampleSystem.Key);
        var bytes = Mutation.Of(whole, random);
        try
        {
            Assert.NotEmpty(SystemManifest.Parse(bytes).ToBytes());
        }
        catch (FormatException)
        {
            // Refused.
        }

        Assert.Equal(bytes.AsSpan().SequenceEqual(whole), SystemSignature.IsValid(bytes, signature, SampleSystem.PublicKey));
        var other = Mutation.Of(signature, random);
        Assert.True(other.AsSpan().SequenceEqual(signature) || !SystemSignature.IsValid(whole, other, SampleSystem.PublicKey));
    });

    [Fact]
    public void Keys_of_another_kind_are_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        var sibling = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1);
        foreach (var key in new[] { other.ExportPkcs8PrivateKeyPem(), rsa.ExportPkcs8PrivateKeyPem(), sibling.ExportPkcs8PrivateKeyPem(), "nothing", "" })
        {
            Assert.Equal("system-image-key", Assert.Throws<UserErrorException>(() => SystemSignature.Sign("x"u8, key)).Code);
        }

        sibling.Dispose();
        Assert.Equal("system-image-key", Assert.Throws<UserErrorException>(() => SystemSignature.Sign("x"u8, SampleSystem.PublicKey)).Code);
    }

    [Fact]
    public void Every_error_has_its_own_code_one_showable_sentence_and_a_hint()
    {
        Dictionary<Type, object> samples = new()
        {
            [typeof(string)] = "something \u001b[31m",
            [typeof(Exception)] = new IOException("no room"),
            [typeof(FormatException)] = new FormatException("odd"),
            [typeof(DateTimeOffset)] = DateTimeOffset.UnixEpoch,
        };
        var errors = typeof(SystemImageErrors).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Select(factory => (UserErrorException)factory.Invoke(null, [.. factory.GetParameters().Select(parameter => samples[parameter.ParameterType])])!)
            .ToList();

        Assert.Equal(errors.Count, errors.Select(error => error.Code).Distinct().Count());
        Assert.All(errors, error =>
        {
            Assert.Matches("^[a-z]+(-[a-z]+)+$", error.Code);
            Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
            Assert.EndsWith(".", error.Hint, StringComparison.Ordinal);
            Assert.DoesNotContain(error.Message, char.IsControl);
        });
    }
}
