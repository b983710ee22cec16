using OsDeploy.Images;
using Xunit;

namespace OsDeploy.Tests.Images;

public sealed class ManifestSignatureTests
{
    private static readonly VersionId s_version = VersionId.Of("a manifest"u8);

    [Fact]
    public void A_signature_is_good_for_its_version_and_its_key_only()
    {
        var (privateKey, publicKey) = ManifestSignature.NewKey();
        var signature = ManifestSignature.Sign(s_version, privateKey);
        Assert.True(ManifestSignature.IsValid(publicKey, s_version, signature));
        Assert.False(ManifestSignature.IsValid(publicKey, VersionId.Of("another"u8), signature));
        Assert.False(ManifestSignature.IsValid(ManifestSignature.NewKey().PublicKey, s_version, signature));
    }

    [Fact]
    public void No_mutation_of_a_signature_is_good()
    {
        var (privateKey, publicKey) = ManifestSignature.NewKey();
        var signature = ManifestSignature.Sign(s_version, privateKey);
        Seeded.Cases(300, random =>
        {
            var mutated = Mutation.Of(signature, random);
            Assert.True(mutated.SequenceEqual(signature) || !ManifestSignature.IsValid(publicKey, s_version, mutated));
        });
        Assert.False(ManifestSignature.IsValid(publicKey, s_version, []));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----")]
    public void What_is_no_key_is_a_user_error(string pem)
    {
        Assert.Equal("signature-key", Assert.Throws<UserErrorException>(() => ManifestSignature.Sign(s_version, pem)).Code);
        Assert.Equal("signature-key", Assert.Throws<UserErrorException>(() => ManifestSignature.IsValid(pem, s_version, [1])).Code);
    }

    [Fact]
    public void A_public_key_cannot_sign()
    {
        var publicKey = ManifestSignature.NewKey().PublicKey;
        Assert.Equal("signature-key", Assert.Throws<UserErrorException>(() => ManifestSignature.Sign(s_version, publicKey)).Code);
    }

    [Fact]
    public async Task Openssl_agrees()
    {
        Assert.SkipWhen(Command.Find("openssl") is null, "openssl is not installed");
        using var folder = new TemporaryFolder();
        var (privateKey, publicKey) = ManifestSignature.NewKey();
        await File.WriteAllBytesAsync(folder["v.json"], "a manifest"u8.ToArray(), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(folder["v.sig"], ManifestSignature.Sign(s_version, privateKey), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["key.pem"], publicKey, TestContext.Current.CancellationToken);
        var result = await new Command("openssl", "dgst", "-sha256", "-verify", folder["key.pem"], "-signature", folder["v.sig"], folder["v.json"])
            .RunAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Verified OK", result.Output, StringComparison.Ordinal);
    }
}
