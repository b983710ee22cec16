using System.Security.Cryptography;

namespace OsDeploy.SystemImages;

/// <summary>
/// Signatures of <see cref="SystemManifest"/>: ECDSA P-256 with SHA-256, in DER, over the bytes of its file. So
/// <c>openssl dgst -sha256 -verify release-key.pem -signature manifest.sig manifest.json</c> checks one without osdeploy.
/// </summary>
public static class SystemSignature
{
    public const string FileName = "manifest.sig";

    /// <summary>Bytes of its file: two numbers of 32 bytes, and what DER puts around them.</summary>
    public const int MaxLength = 72;

    private const DSASignatureFormat Format = DSASignatureFormat.Rfc3279DerSequence;
    private const string Curve = "1.2.840.10045.3.1.7"; // P-256; others have keys of 256 bits as well

    /// <summary>Draws a key.</summary>
    /// <returns>Its private half as PEM.</returns>
    public static string NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    /// <exception cref="UserErrorException"><c>system-image-key</c></exception>
    public static string PublicHalf(string privateKey)
    {
        using var key = Import(privateKey);
        return key.ExportSubjectPublicKeyInfoPem() + "\n";
    }

    /// <exception cref="UserErrorException"><c>system-image-key</c></exception>
    public static byte[] Sign(ReadOnlySpan<byte> manifest, string privateKey)
    {
        using var key = Import(privateKey);
        try
        {
            return key.SignData(manifest, HashAlgorithmName.SHA256, Format);
        }
        catch (CryptographicException e)
        {
            throw SystemImageErrors.Key(e); // a public key
        }
    }

    /// <summary>Any bytes may be asked about.</summary>
    /// <exception cref="UserErrorException"><c>system-image-key</c></exception>
    public static bool IsValid(ReadOnlySpan<byte> manifest, ReadOnlySpan<byte> signature, string publicKey)
    {
        using var key = Import(publicKey);
        return signature.Length <= MaxLength && key.VerifyData(manifest, signature, HashAlgorithmName.SHA256, Format);
    }

    private static ECDsa Import(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == Curve ? key : throw new CryptographicException("The key is not on the curve P-256.");
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw SystemImageErrors.Key(e);
        }
    }
}
