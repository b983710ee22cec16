using System.Text;
using OsDeploy.Windows;
using Xunit;

namespace OsDeploy.Tests.Windows;

public sealed class SecretScanTests
{
    [Theory]
    [InlineData("<AutoLogon><Password><Value>x</Value><PlainText>true</PlainText></Password></AutoLogon>", "AutoLogon/Password")]
    [InlineData("<UserAccounts><AdministratorPassword><Value>eABB</Value><PlainText>false</PlainText></AdministratorPassword></UserAccounts>", "AdministratorPassword")]
    [InlineData("<Credentials><Domain>d</Domain><Password>x</Password></Credentials>", "Credentials/Password")]
    [InlineData("<Provisioning><AccountData>AAAA</AccountData></Provisioning>", "AccountData")]
    [InlineData("<Groups><User><Properties userName=\"admin\" cpassword=\"j1Uy\"/></User></Groups>", "cpassword")]
    [InlineData("<Groups><User><Properties userName=\"admin\" cpassword=\"\"/></User></Groups>", null)]
    [InlineData("<AutoLogon><Password>*SENSITIVE*DATA*DELETED*</Password></AutoLogon>", null)]
    [InlineData("<AutoLogon><Password><Value>*SENSITIVE*DATA*DELETED*</Value></Password></AutoLogon>", null)]
    [InlineData("<AutoLogon><Password><Value></Value></Password></AutoLogon>", null)]
    [InlineData("<AutoLogon><Password/><Username>x</Username></AutoLogon>", null)]
    [InlineData("<UserData><ProductKey>XXXXX</ProductKey></UserData>", null)]
    [InlineData("<AutoLogon><Password><Value>x</Value></Password>", "Password")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><a><AccountData>x</AccountData></a>", "AccountData")]
    public void Passwords_in_an_answer_file_are_named_by_their_element(string xml, string? name) =>
        Assert.Equal(name is null ? [] : [name], SecretScan.NamesInXml(Encoding.UTF8.GetBytes(xml)));

    [Theory]
    [InlineData("[GuiUnattended]\r\nAdminPassword=\"secret\"\r\n", "AdminPassword")]
    [InlineData("[GuiUnattended]\r\nAdminPassword = *\r\n", null)]
    [InlineData("[GuiUnattended]\r\nAdminPassword=\r\n", null)]
    [InlineData("[GuiUnattended]\r\nEncryptedAdminPassword=Yes\r\nAdminPassword=\"aad3b435\"\r\n", null)]
    [InlineData("[Identification]\r\nDomainAdminPassword=secret\r\n", "DomainAdminPassword")]
    [InlineData("[Identification]\r\nDomainAdmin=join\r\n", null)]
    public void Passwords_in_a_sysprep_inf_are_named_by_their_key(string inf, string? name) => Assert.Equal(name is null ? [] : [name], SecretScan.NamesInInf(inf));

    [Fact]
    public void Damaged_answer_files_are_read_without_a_fault() => Seeded.Cases(500, random =>
        Assert.All(SecretScan.NamesInXml(Mutation.Of(Encoding.UTF8.GetBytes("<a xmlns=\"u\"><AutoLogon><Password><Value>x</Value></Password></AutoLogon></a>"), random)), Assert.NotNull));
}
