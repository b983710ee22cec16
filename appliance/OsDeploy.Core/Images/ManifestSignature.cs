using System.Security.Cryptography;

namespace OsDeploy.Images;

/// <summary>
/// Signatures of versions: ECDSA P-256 in DER over the version id, which is the manifest's SHA-256. So
/// <c>openssl dgst -sha256 -verify PUBLIC.pem -signature VERSION.sig VERSION.json</c> checks one without osdeploy.
/// </summary>
public static class ManifestSignature
{
    private const DSASignatureFormat Format = DSASignatureFormat.Rfc3279DerSequence;

    /// <summary>Makes a key pair, each half as PEM.</summary>
    public static (string PrivateKey, string PublicKey) NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return (key.ExportPkcs8PrivateKeyPem(), key.ExportSubjectPublicKeyInfoPem());
    }

    /// <exception cref="UserErrorException"><c>signature-key</c></exception>
    public static byte[] Sign(VersionId version, string privateKey)
    {
        using var key = Import(privateKey);
        try
        {
            return key.SignHash(HashOf(version), Format);
        }
        catch (CryptographicException e)
        {
            throw Errors.SignatureKey(e); // a public key
        }
    }

    /// <summary>Whether the signature of a version was made with the private half of this key. Any bytes may be asked about.</summary>
    /// <exception cref="UserErrorException"><c>signature-key</c></exception>
    public static bool IsValid(string publicKey, VersionId version, ReadOnlySpan<byte> signature)
    {
        using var key = Import(publicKey);
        return key.VerifyHash(HashOf(version), signature, Format);
    }

    private static ECDsa Import(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key.KeySize == 256 ? key : throw new CryptographicException("The key is not on the curve P-256.");
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw Errors.SignatureKey(e);
        }
    }

    private static byte[] HashOf(VersionId version)
    {
        var hash = new byte[SHA256.HashSizeInBytes];
        version.Hash.CopyTo(hash);
        return hash;
    }
}
