using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OsDeploy.Api;
using OsDeploy.Storage;

namespace OsDeploy.Server.Hosting;

/// <summary>
/// The appliance's own key: what everybody pins. The certificate around it is made anew at each start and valid for all times, for it is
/// the key that is trusted, not a date that a flat CMOS battery can make wrong.
/// </summary>
internal sealed class ApplianceKey : IDisposable
{
    private ApplianceKey(X509Certificate2 certificate)
    {
        Certificate = certificate;
        Fingerprint = ServerKey.Of(certificate);
    }

    public X509Certificate2 Certificate { get; }

    public ServerKey Fingerprint { get; }

    /// <summary>Reads the key, or makes one at the first start (ECDSA P-256: .NET has no Ed25519).</summary>
    /// <exception cref="UserErrorException"><c>appliance-key-damaged</c></exception>
    public static ApplianceKey Open(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(path))
        {
            Read(key, path);
        }
        else
        {
            DurableFile.WriteSecret(path, System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
        }

        var request = new CertificateRequest("CN=osdeploy", key, HashAlgorithmName.SHA256);
        using var signed = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(9999, 12, 31, 0, 0, 0, TimeSpan.Zero));

        // Kestrel wants a key that its TLS library can take over: by way of PKCS #12 it can.
        return new ApplianceKey(X509CertificateLoader.LoadPkcs12(signed.Export(X509ContentType.Pkcs12), password: null));
    }

    public void Dispose() => Certificate.Dispose();

    private static void Read(ECDsa key, string path)
    {
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw HostingErrors.KeyDamaged(path, e);
        }
    }
}
